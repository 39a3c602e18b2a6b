/** The dimensions: who and what the facts name, one class per table. */
package dev.nightdesk.dim;

/** The only package that touches readers, writers, Delta and file systems. */
package dev.nightdesk.io;

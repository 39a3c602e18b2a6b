/**
 * Realistic raw dumps out of nothing but a seed. A leaf: it imports nothing of ours, no Spark, no
 * clock, no default zone or locale.
 */
package dev.nightdesk.generate;

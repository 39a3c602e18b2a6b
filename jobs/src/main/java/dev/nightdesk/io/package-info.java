/**
 * The only package that touches readers, writers, Delta and file systems: raw files in, tables in
 * and out.
 *
 * <p>It knows contracts, but not what a number means, so that everything else runs on rows in a
 * test.
 */
package dev.nightdesk.io;

/**
 * Measures nights and rebuilds against a peer that does the same work in DuckDB. Stands beside the
 * tests and calls the job as its users do: as a process.
 */
package dev.nightdesk.bench;

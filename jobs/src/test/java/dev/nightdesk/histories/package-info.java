/**
 * Small histories of help desks, told record by record from a seed, and cut into nights in random
 * ways: what the tables must be the same of, however the records come.
 */
package dev.nightdesk.histories;

/**
 * Text for people and other programs, made from plain records: pure, without Spark, so that every
 * line is tested by its exact text.
 *
 * <p>A value that is not known is written as –, with the number of observations behind it where
 * there is one: never as 0.
 */
package dev.nightdesk.report;

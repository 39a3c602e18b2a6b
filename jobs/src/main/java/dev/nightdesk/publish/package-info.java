/**
 * How a night becomes visible: its manifest, the commits of its tables, and the publication that
 * names them. It neither knows nor changes a number.
 */
package dev.nightdesk.publish;

/** What an import says: how far it is, what it did, what was odd. */
package io.kbsserver.wordpress.report;

/** Reading a WordPress database, of which nothing is changed. */
package io.kbsserver.wordpress.source;

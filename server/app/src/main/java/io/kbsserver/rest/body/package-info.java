/** What is in a query or a body, whichever way it is written: values, text, files. */
package io.kbsserver.rest.body;

/** What a request says, whichever way it says it: its address, its query, its body. */
package io.kbsserver.rest.request;

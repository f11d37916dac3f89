/** What a request says, wherever it says it: its address, its query, its body. */
package io.kbsserver.rest.request;

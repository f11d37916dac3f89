/** Where clients reach this server, and from where they come, through proxies or without. */
package io.kbsserver.rest.address;

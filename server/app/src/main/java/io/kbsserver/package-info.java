/** KBS Server: the REST API of the KB Support help desk as a server of its own. */
package io.kbsserver;

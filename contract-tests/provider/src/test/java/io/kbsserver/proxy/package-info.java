/** The real server behind real proxies, configured as the documentation says. */
package io.kbsserver.proxy;

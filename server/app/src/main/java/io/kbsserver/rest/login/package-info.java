/** Who makes a request, and whether the contract lets them. */
package io.kbsserver.rest.login;

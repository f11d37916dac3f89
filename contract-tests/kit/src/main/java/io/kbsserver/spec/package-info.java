/** The contract watches what the tests see on the wire: what it does not say is a finding. */
package io.kbsserver.spec;

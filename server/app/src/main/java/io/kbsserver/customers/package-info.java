/** Those who open tickets. */
@NullMarked
package io.kbsserver.customers;

import org.jspecify.annotations.NullMarked;

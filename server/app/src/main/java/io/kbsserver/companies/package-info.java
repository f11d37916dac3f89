/** Companies that customers belong to. */
@NullMarked
package io.kbsserver.companies;

import org.jspecify.annotations.NullMarked;

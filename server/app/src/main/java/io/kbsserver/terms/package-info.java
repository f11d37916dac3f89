/** What tickets are sorted into: categories, tags, sources, departments. */
@NullMarked
package io.kbsserver.terms;

import org.jspecify.annotations.NullMarked;

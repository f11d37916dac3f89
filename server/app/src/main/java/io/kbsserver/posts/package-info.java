/** What all that is a post or a comment in WordPress shares: an id, and how a long text is kept. */
@NullMarked
package io.kbsserver.posts;

import org.jspecify.annotations.NullMarked;

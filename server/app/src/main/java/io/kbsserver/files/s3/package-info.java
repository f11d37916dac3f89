/** Buckets of S3-compatible stores, and nothing of what is kept in them. */
@NullMarked
package io.kbsserver.files.s3;

import org.jspecify.annotations.NullMarked;

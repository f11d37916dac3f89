/** The settings of the help desk, its clock, its built-in statuses. */
@NullMarked
package io.kbsserver.site;

import org.jspecify.annotations.NullMarked;

package io.kbsserver.list;

import io.kbsserver.storage.Statements.RowMapper;

/**
 * The statement of a list.
 *
 * @param table the table that conditions and order are about, with its alias: {@code ticket t}
 * @param id its primary key: {@code t.id}
 * @param rows {@code SELECT … FROM :page JOIN ticket t ON t.id = page.id …}, where {@code :page}
 *     stands for the ids on the page
 * @param row makes a value of a row
 * @param behindTheEnd what there is behind the end of the list
 */
public record Listing<T>(
    String table, String id, String rows, RowMapper<T> row, Page.BehindTheEnd behindTheEnd) {}

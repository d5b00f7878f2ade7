package org.cladedb.functions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The key words of SQL as `pg_get_keywords` lists them.
final class SqlKeywords {
    private static final String COLUMN_NAME_NEEDS_AS =
            """
            char character precision
            """;
    private static final String COLUMN_NAME =
            """
            between bigint bit boolean coalesce dec decimal exists extract float greatest
            grouping inout int integer interval least national nchar none normalize nullif
            numeric out overlay position real row setof smallint substring time timestamp treat
            trim values varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest
            xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
            """;
    private static final String RESERVED_NEEDS_AS =
            """
            array as create except fetch for from grant group having intersect into limit offset
            on order returning to union where window with
            """;
    private static final String RESERVED =
            """
            all analyse analyze and any asc asymmetric both case cast check collate column
            constraint current_catalog current_date current_role current_time current_timestamp
            current_user default deferrable desc distinct do else end false foreign in initially
            lateral leading localtime localtimestamp not null only or placing primary references
            select session_user some symmetric table then trailing true unique user using
            variadic when
            """;
    private static final String TYPE_OR_FUNCTION_NAME_NEEDS_AS =
            """
            isnull notnull overlaps
            """;
    private static final String TYPE_OR_FUNCTION_NAME =
            """
            authorization binary collation concurrently cross current_schema freeze full ilike
            inner is join left like natural outer right similar tablesample verbose
            """;
    private static final String UNRESERVED_NEEDS_AS =
            """
            day filter hour minute month over second varying within without year
            """;
    private static final String UNRESERVED =
            """
            abort absolute access action add admin after aggregate also alter always asensitive
            assertion assignment at atomic attach attribute backward before begin breadth by
            cache call called cascade cascaded catalog chain characteristics checkpoint class
            close cluster columns comment comments commit committed compression configuration
            conflict connection constraints content continue conversion copy cost csv cube
            current cursor cycle data database deallocate declare defaults deferred definer
            delete delimiter delimiters depends depth detach dictionary disable discard document
            domain double drop each enable encoding encrypted enum escape event exclude
            excluding exclusive execute explain expression extension external family finalize
            first following force forward function functions generated global granted groups
            handler header hold identity if immediate immutable implicit import include
            including increment index indexes inherit inherits inline input insensitive insert
            instead invoker isolation key label language large last leakproof level listen load
            local location lock locked logged mapping match matched materialized maxvalue merge
            method minvalue mode move name names new next nfc nfd nfkc nfkd no normalized
            nothing notify nowait nulls object of off oids old operator option options
            ordinality others overriding owned owner parallel parameter parser partial partition
            passing password plans policy preceding prepare prepared preserve prior privileges
            procedural procedure procedures program publication quote range read reassign
            recheck recursive ref referencing refresh reindex relative release rename repeatable
            replace replica reset restart restrict return returns revoke role rollback rollup
            routine routines rows rule savepoint schema schemas scroll search security sequence
            sequences serializable server session set sets share show simple skip snapshot sql
            stable standalone start statement statistics stdin stdout storage stored strict
            strip subscription support sysid system tables tablespace temp template temporary
            text ties transaction transform trigger truncate trusted type types uescape
            unbounded uncommitted unencrypted unknown unlisten unlogged until update vacuum
            valid validate validator value version view views volatile whitespace work wrapper
            write xml yes zone
            """;

    /// One key word.
    ///
    /// @param category U unreserved, C may be a column name, T may be a function or type name, R
    ///   reserved
    /// @param bareLabel whether it may label a column without AS
    record Word(String text, char category, boolean bareLabel) {
        String categoryDescription() {
            return switch (category) {
                case 'U' -> "unreserved";
                case 'C' -> "unreserved (cannot be function or type name)";
                case 'T' -> "reserved (can be function or type name)";
                default -> "reserved";
            };
        }
    }

    static final List<Word> ALL = readAll();

    private SqlKeywords() {}

    private static List<Word> readAll() {
        List<Word> words = new ArrayList<>();
        read(COLUMN_NAME_NEEDS_AS, 'C', false, words);
        read(COLUMN_NAME, 'C', true, words);
        read(RESERVED_NEEDS_AS, 'R', false, words);
        read(RESERVED, 'R', true, words);
        read(TYPE_OR_FUNCTION_NAME_NEEDS_AS, 'T', false, words);
        read(TYPE_OR_FUNCTION_NAME, 'T', true, words);
        read(UNRESERVED_NEEDS_AS, 'U', false, words);
        read(UNRESERVED, 'U', true, words);
        words.sort(Comparator.comparing(Word::text));
        return List.copyOf(words);
    }

    private static void read(String text, char category, boolean bareLabel, List<Word> words) {
        for (String word : text.strip().split("\\s+", -1)) {
            words.add(new Word(word, category, bareLabel));
        }
    }

    /// The words that are no identifiers unless quoted.
    static Set<String> needingQuotes() {
        Set<String> result = new HashSet<>();
        for (Word word : ALL) {
            if (word.category() != 'U') {
                result.add(word.text());
            }
        }
        return result;
    }
}

package org.cladedb.storage.catalogstore;

import java.util.SequencedSet;

/// The relations that a change of the catalog is about, by OID and in ascending order, so that
/// locks on them are taken in one order. New ones are not among them.
///
/// @param changed tables and views that change, and tables that foreign keys which change refer to
/// @param others the other members of groups that change
/// @param tables all tables of both: their writers must know
public record AffectedRelations(
        SequencedSet<Integer> changed,
        SequencedSet<Integer> others,
        SequencedSet<Integer> tables) {}

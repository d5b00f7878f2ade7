/// The server as a process: command line, configuration, wiring, listener, shutdown.
///
/// ```
///   Main ── CommandLine ──> ServerConfig ──> CladeServer ── Listener ──> one Connection a client
///                                                 └── Wiring: store, database, sessions
/// ```
///
/// Long statements take turns on the processors ([org.cladedb.server.FairTurns]), and what cannot
/// is watched ([org.cladedb.server.CarrierWatch]):
/// `docs/decisions/0014-turns-of-long-statements.md`.
///
/// Commands on data directories ([org.cladedb.server.StoreCommands]) work on the files; of a
/// directory that is in use they find the server by its [org.cladedb.server.AddressFile] and ask
/// it.
///
/// The only place that knows every layer, reads the environment and makes threads. Everything is
/// passed to constructors by hand, in [org.cladedb.server.Wiring].
@NullMarked
package org.cladedb.server;

import org.jspecify.annotations.NullMarked;

package org.cladedb.pgwire.protocol;

import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.cladedb.pgwire.auth.Authentication;
import org.cladedb.session.SessionServices;

/// What all connections share.
///
/// @param secrets makes cancel keys; must not be guessable
/// @param slots one permit for each session that may be open
public record ConnectionServices(
        SessionServices sessions,
        Authentication authentication,
        CancelKeys cancelKeys,
        RandomGenerator secrets,
        Semaphore slots,
        ProtocolLimits limits) {}

/// Who may connect. Today: anybody from this machine, nobody from elsewhere.
@NullMarked
package org.cladedb.pgwire.auth;

import org.jspecify.annotations.NullMarked;

package org.cladedb.pgwire.protocol;

import java.util.List;
import org.cladedb.pgwire.message.BackendWriter;
import org.cladedb.pgwire.message.FrontendMessage;
import org.cladedb.session.ExtendedQueries;
import org.cladedb.session.ParameterValues;
import org.cladedb.session.ResultColumn;
import org.cladedb.session.ResultShape;
import org.cladedb.session.StatementDescription;

/// Answers the messages of the extended query protocol. Owned by the connection's thread.
final class ExtendedProtocol {
    private final ExtendedQueries queries;
    private final BackendWriter writer;
    private final WireReceiver receiver;

    ExtendedProtocol(ExtendedQueries queries, BackendWriter writer, WireReceiver receiver) {
        this.queries = queries;
        this.writer = writer;
        this.receiver = receiver;
    }

    void parse(FrontendMessage.Parse parse) {
        queries.parse(parse.statement(), parse.sql(), parse.parameterTypes(), receiver);
        writer.parseComplete();
    }

    void bind(FrontendMessage.Bind bind) {
        queries.bind(
                bind.portal(),
                bind.statement(),
                new ParameterValues(
                        bind.body(), bind.offsets(), bind.lengths(), bind.parameterFormats()),
                bind.resultFormats(),
                receiver);
        writer.bindComplete();
    }

    void describe(FrontendMessage.Describe describe) {
        if (describe.isPortal()) {
            ResultShape shape = queries.describePortal(describe.name(), receiver);
            if (shape == null) {
                writer.noData();
            } else {
                writer.rowDescription(WireReceiver.fields(shape));
            }
            return;
        }
        StatementDescription description = queries.describeStatement(describe.name(), receiver);
        writer.parameterDescription(
                description.parameterTypes().stream().map(type -> type.oid()).toList());
        List<ResultColumn> columns = description.columns();
        if (columns == null) {
            writer.noData();
        } else {
            writer.rowDescription(WireReceiver.fields(ResultShape.text(columns)));
        }
    }

    void execute(FrontendMessage.Execute execute) {
        queries.execute(execute.portal(), execute.rowsMax(), receiver);
    }

    void close(FrontendMessage.Close close) {
        if (close.isPortal()) {
            queries.closePortal(close.name());
        } else {
            queries.closeStatement(close.name());
        }
        writer.closeComplete();
    }
}

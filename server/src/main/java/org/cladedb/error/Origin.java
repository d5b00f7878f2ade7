package org.cladedb.error;

import java.lang.StackWalker.StackFrame;
import java.util.List;

/// Where in the source a report came up: fields F, L and R of PostgreSQL's reports.
///
/// Made where the report is, since the stack is gone when it is sent. That notes a few frames only
/// (about a microsecond); names and lines are worked out when they are asked for, so that errors
/// which nobody sees stay cheap. Immutable.
public final class Origin {
    private static final StackWalker WALKER =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /// Enough to pass the methods that only put the report together.
    private static final int FRAMES_MAX = 6;

    private final List<StackFrame> frames;

    private Origin(List<StackFrame> frames) {
        this.frames = frames;
    }

    /// Where the caller of the caller is.
    public static Origin ofCaller() {
        return new Origin(WALKER.walk(stack -> stack.skip(2).limit(FRAMES_MAX).toList()));
    }

    /// Where the caller is.
    public static Origin here() {
        return new Origin(WALKER.walk(stack -> stack.skip(1).limit(FRAMES_MAX).toList()));
    }

    /// The name of a source file.
    public String file() {
        String file = element().getFileName();
        return file == null ? "" : file;
    }

    public int line() {
        return element().getLineNumber();
    }

    /// The name of a method, without what the compiler adds for a lambda in it; that of the class
    /// for a constructor.
    public String routine() {
        StackTraceElement element = element();
        String name = element.getMethodName();
        if (name.startsWith("lambda$")) {
            return name.substring(name.indexOf('$') + 1, name.lastIndexOf('$'));
        }
        String type = element.getClassName();
        return name.startsWith("<") ? type.substring(type.lastIndexOf('.') + 1) : name;
    }

    /// Methods that return the exception only make it: the fault is where they were called.
    private StackTraceElement element() {
        StackFrame origin = frames.getLast();
        for (StackFrame frame : frames) {
            if (frame.getMethodType().returnType() != DatabaseException.class) {
                origin = frame;
                break;
            }
        }
        return origin.toStackTraceElement();
    }
}

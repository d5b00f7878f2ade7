package org.cladedb.kv.io;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// What files and directories are made with: nobody but the owner of the process reads or writes
/// them, where the operating system knows such a thing.
final class Ownership {
    static final FileAttribute<?>[] FILE = permissions("rw-------");
    static final FileAttribute<?>[] DIRECTORY = permissions("rwx------");

    private Ownership() {}

    private static FileAttribute<?>[] permissions(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[] {};
    }
}

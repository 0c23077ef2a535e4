package dev.skelly.cli;

import picocli.CommandLine.IVersionProvider;

/** Reads the version from the jar's manifest. */
final class ProductVersion implements IVersionProvider {

    static String text() {
        var version = ProductVersion.class.getPackage().getImplementationVersion();
        return "skelly " + (version == null ? "unpackaged" : version) + " on Java "
                + Runtime.version().feature();
    }

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }
}

package dev.skelly.cli;

import picocli.CommandLine.IVersionProvider;

/** Which Skelly this is, as the jar's manifest says. */
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

package dev.skelly.fuzz;

import java.util.List;

/** Texts that have broken something somewhere. */
final class Nasty {

    static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            "undefined",
            "-1",
            "0",
            "9223372036854775808",
            "1e999999",
            "../../../etc/passwd",
            "..\\..\\x",
            "' or 1=1 --",
            "\"; drop table account; --",
            "%s%n%x",
            "${jndi:ldap://127.0.0.1/x}",
            "{{7*7}}",
            "<script>alert(1)</script>",
            "a\r\nSet-Cookie: x=1",
            "\u001b[31mred",
            "\u0001\u0008\u007f",
            "\u2028\u2029\ufeff",
            "\u202etxt.exe",
            "\ud83d\udc69\u200d\ud83d\udcbb",
            "e\u0301\u0302\u0303",
            "\u00df\u0130\u0131",
            "__proto__",
            "constructor",
            "*",
            "user.*",
            "public",
            "topic:",
            "user:00000000-0000-0000-0000-000000000000",
            "00000000-0000-0000-0000-000000000000",
            "2026-13-45T99:99:99Z",
            "-999999999-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "2026-11-25T19:00:00+99:99",
            "earliest",
            "latest",
            "x".repeat(300),
            "\u00e4".repeat(2_000));

    /** JSON that is none, or none that can be kept. */
    static final List<String> DOCUMENTS = List.of(
            "",
            "{",
            "[".repeat(5_000),
            "{\"a\":".repeat(500) + "1" + "}".repeat(500),
            "[1e999999",
            "{\"a\":1,\"a\":2}",
            "{\"a\":1}x",
            "{/*c*/}",
            "{\"a\":NaN}",
            "{'a':1}",
            "\u00ef\u00bb\u00bf{}", // These two as UTF-8 has them, byte for byte.
            "{\"a\":\"\u00ed\u00a0\u0080\"}",
            "{\"a\":01}",
            "{\"a\":1e99999999999}",
            "{\"a\":" + "9".repeat(5_000) + "}",
            "\u0000{}",
            "{\"\\u0000\":1}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":\"\\u0000\"}",
            "{\"a\":1e999999}");

    private Nasty() {}
}

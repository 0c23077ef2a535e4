package dev.skelly.bench;

import dev.skelly.testing.TestJar;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts {@link BenchFeature} into a jar, as its users would: classes, tables and event types. */
final class BenchJar {

    private static final String TABLES = """
            create table bench_counter (id int primary key, n bigint not null);
            insert into bench_counter select id, 0 from generate_series(1, %d) as id;
            """.formatted(BenchFeature.ROWS);

    private static final String TYPES = """
            types:
              - name: %s
                meaning: Something happened that the worker counts.
                data:
                  type: object
                  properties:
                    row: {type: integer, minimum: 1, maximum: %d, description: row to count in}
                  additionalProperties: false
                audience: [self]
                emit: [user]
            """.formatted(BenchFeature.TYPE, BenchFeature.ROWS);

    private BenchJar() {}

    /**
     * Writes the jar.
     *
     * @param folder for {@code features.dir}; made if it is not there
     */
    static void write(Path folder) throws IOException, URISyntaxException {
        var jar = new TestJar()
                .service(BenchFeature.class.getName())
                .file("db/" + BenchFeature.NAME + "/001_bench.sql", TABLES);
        jar.file(BenchFeature.DECLARATIONS.substring(1), TYPES);
        var place = BenchFeature.class.getPackageName().replace('.', '/');
        var classes = Path.of(BenchFeature.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(place);
        try (var files = Files.newDirectoryStream(classes, BenchFeature.class.getSimpleName() + "*.class")) {
            for (var file : files) {
                jar.file(place + "/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
        jar.write(folder.resolve("bench.jar"));
    }
}

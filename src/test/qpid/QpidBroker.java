import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.model.SystemConfig;

/**
 * Runs a Qpid Broker-J until its process ends: {@code java -cp … QpidBroker.java FOLDER PORT}. Its queues are made on demand; its login is
 * guest, guest.
 */
public final class QpidBroker {

    private static final String SETTINGS = """
            {
              "name": "skelly",
              "modelVersion": "9.1",
              "authenticationproviders": [{
                "name": "plain",
                "type": "Plain",
                "secureOnlyMechanisms": [],
                "users": [{"name": "guest", "type": "managed", "password": "guest"}]
              }],
              "ports": [{
                "name": "AMQP",
                "port": "${qpid.amqp_port}",
                "bindingAddress": "127.0.0.1",
                "protocols": ["AMQP_1_0"],
                "authenticationProvider": "plain",
                "virtualhostaliases": [
                  {"name": "any", "type": "patternMatchingAlias", "pattern": ".*", "virtualHostNode": "default"}
                ]
              }],
              "virtualhostnodes": [{
                "name": "default",
                "type": "JSON",
                "defaultVirtualHostNode": "true",
                "virtualHostInitialConfiguration": "{\\"type\\": \\"DERBY\\", \\"nodeAutoCreationPolicies\\": [{\\"pattern\\": \\"skelly[.].*\\", \\"createdOnPublish\\": \\"true\\", \\"createdOnConsume\\": \\"true\\", \\"nodeType\\": \\"queue\\", \\"attributes\\": {}}]}"
              }]
            }
            """;

    private QpidBroker() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        var settings = Files.writeString(folder.resolve("settings.json"), SETTINGS);
        Map<String, String> context = new HashMap<>();
        context.put("qpid.work_dir", folder.toString());
        context.put("qpid.amqp_port", arguments[1]);
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(SystemConfig.TYPE, "JSON");
        attributes.put(SystemConfig.CONTEXT, context);
        attributes.put(SystemConfig.INITIAL_CONFIGURATION_LOCATION, settings.toUri().toString());
        attributes.put(SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT, true);
        new SystemLauncher().startup(attributes);
        System.out.println("broker ready");
    }
}

package dev.skelly.features.orders;

import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The routes under {@code /api/products}. */
record ProductRoutes(CommandBus commands) {

    private static final String PATH = "/api/products";
    private static final String SKU_FORM = "^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$";
    private static final Pattern SKU = Pattern.compile(SKU_FORM);
    private static final int CENTS_MAX = 1_000_000_000;
    private static final int STOCK_MAX = 1_000_000_000;

    /** The schema of a sku. */
    static final Map<String, Object> SKU_SCHEMA = Map.of("type", "string", "pattern", SKU_FORM, "maxLength", 50);

    private static final BodySchema BODY = BodySchema.of(
                    BodySchema.line("name", 200), number("priceCents", CENTS_MAX), number("stock", STOCK_MAX))
            .named("ProductChange");

    /** Request body of a product. */
    record ProductBody(String name, int priceCents, int stock) {}

    private static BodySchema.Field number(String name, int max) {
        return new BodySchema.Field(name, true, Map.of("type", "integer", "minimum", 0, "maximum", max));
    }

    List<Route> all() {
        return List.of(
                Route.of("PUT", PATH + "/{sku}", Access.ADMIN, "Add or change a product", this::put)
                        .parameter(Parameter.path("sku", "The product's number.", SKU_SCHEMA), Parameter.mustBeNew())
                        .body(BODY)
                        .detailed(
                                "`stock` is the number of pieces in the warehouse, with those that are held for orders.")
                        .response(ResponseDescription.of(200, ListProducts.ProductView.class)
                                .positioned()),
                Route.of("GET", PATH, Access.SIGNED_IN, "List the products", this::list)
                        .parameter(
                                Parameter.cursor(),
                                Parameter.limit(QueryParameters.LIMIT_DEFAULT, QueryParameters.LIMIT_MAX))
                        .response(ResponseDescription.of(200, ListProducts.ProductPage.class)
                                .paged()));
    }

    private Future<Response> put(Request request) {
        var sku = request.path("sku");
        if (!SKU.matcher(sku).matches()) {
            throw Problem.invalid("sku", "format", "must be 1 to 50 letters, digits, dots, dashes and underscores");
        }
        var body = request.body(ProductBody.class);
        var mustBeNew = request.header("If-None-Match").isPresent();
        var product = new PutProduct(sku, body.name(), body.priceCents(), body.stock(), mustBeNew);
        return commands.send(product, request.cause())
                .map(done ->
                        Response.ok(ListProducts.ProductView.of(done.result())).at(done.position()));
    }

    private Future<Response> list(Request request) {
        var reader = new QueryParameters(request);
        var after = reader.value("cursor", "the nextCursor of an earlier response", text -> text);
        var limit = reader.limit();
        reader.check();
        return commands.query(new ListProducts(after, limit)).map(page -> {
            var next = page.nextCursor();
            return next == null
                    ? Response.ok(page)
                    : Response.ok(page)
                            .header("Link", QueryParameters.next(request, PATH, List.of("limit"), "cursor", next));
        });
    }
}

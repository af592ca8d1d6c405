package dev.pinion.awscdk;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnDeployment;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnRouteResponse;

import static org.assertj.core.api.Assertions.assertThat;

/// Every property of every resource can be set, whether Pinion knows it or not; the properties are those of CDK's own
/// constructs, which are generated from CloudFormation's schemas.
@NeedsNode
@Tag("slow")
final class RawOverridesTest {
  private static final String DEPLOYMENT = "AWS::ApiGatewayV2::Deployment";
  private static final String VALUE = "set by the test";

  private Stack stack = new Stack();

  @BeforeEach
  void newStack() {
    stack = new Stack(
        new software.amazon.awscdk.App(
            AppProps.builder().analyticsReporting(false).context(Map.of("@aws-cdk/core:stackResourceLimit", 0))
                .build()),
        "Stack");
  }

  private void add(Program program) {
    var builder = PinionApp.Builder.create(stack, program.name(), program.app()).code(Program.ZIP);
    AppCode.of(program.app()).plan().values().forEach(value -> {
      if (value.kind().equals("config")) builder.config(value.id(), "value");
      else builder.secret(value.id(), "arn:aws:ssm:eu-west-1:123456789012:parameter/" + value.id());
    });
    builder.build();
  }

  /// One resource of each type that the examples have.
  private List<CfnResource> oneOfEach() {
    Map<String, CfnResource> types = new TreeMap<>();
    resources().forEach(each -> types.putIfAbsent(each.getCfnResourceType(), each));
    return List.copyOf(types.values());
  }

  private Stream<CfnResource> resources() {
    return stack.getNode().findAll().stream().filter(CfnResource.class::isInstance).map(CfnResource.class::cast);
  }

  private static SortedSet<String> properties(CfnResource resource) {
    Class<?> type = resource.getClass();
    if (resource instanceof Overrides) type = Objects.requireNonNull(type.getSuperclass());
    return Stream.of(type.getDeclaredMethods()).map(Method::getName).filter(name -> name.matches("set[A-Z]\\w*"))
        .map(name -> name.substring(3).replaceFirst("^TagsRaw$", "Tags"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyPropertyOfEveryTypeCanBeSet() {
    Program.all().forEach(this::add);
    Map<String, Set<String>> set = new LinkedHashMap<>();
    for (CfnResource each : oneOfEach()) {
      Set<String> properties = properties(each);
      properties.forEach(name -> each.addPropertyOverride(name, VALUE));
      set.put(String.valueOf(stack.resolve(each.getLogicalId())), properties);
    }
    Map<?, ?> template = (Map<?, ?>) Objects.requireNonNull(Template.fromStack(stack).toJSON().get("Resources"));
    List<String> missing = new ArrayList<>();
    set.forEach((id, names) -> {
      // The id of a deployment follows what was set.
      Object resource = template.containsKey(id) ? template.get(id) : deployment(template);
      Object given = ((Map<?, ?>) Objects.requireNonNull(resource)).get("Properties");
      names.stream().filter(name -> !VALUE.equals(((Map<?, ?>) Objects.requireNonNull(given)).get(name)))
          .forEach(name -> missing.add(id + "." + name));
    });
    assertThat(missing).isEmpty();
    assertThat(set).hasSizeGreaterThan(18);
    assertThat(set.values().stream().mapToInt(Set::size).sum()).isGreaterThan(200);
  }

  private static Object deployment(Map<?, ?> template) {
    return template.values().stream().filter(each -> DEPLOYMENT.equals(((Map<?, ?>) each).get("Type")))
        .max(Comparator.comparing(each -> String.valueOf(each).contains(VALUE))).orElseThrow();
  }

  @Test
  void whatAnApiIsChangedByIsAnotherDeployment() {
    add(Program.example("Rooms"));
    CfnDeployment deployment = one(CfnDeployment.class);
    Set<Object> ids = new HashSet<>(Set.of(stack.resolve(deployment.getLogicalId())));
    List<String> same = new ArrayList<>();
    for (CfnResource each : List.of(one(CfnApi.class), one(CfnRoute.class), one(CfnIntegration.class),
        one(CfnRouteResponse.class))) {
      for (String name : properties(each)) {
        each.addPropertyOverride(name, VALUE);
        if (!ids.add(stack.resolve(deployment.getLogicalId()))) same.add(each.getCfnResourceType() + "." + name);
      }
    }
    assertThat(same).isEmpty();
    assertThat(ids).hasSizeGreaterThan(40);
  }

  private <T extends CfnResource> T one(Class<T> type) {
    return resources().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }
}

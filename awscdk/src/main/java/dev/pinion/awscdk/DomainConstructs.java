package dev.pinion.awscdk;

import dev.pinion.aws.HttpApiPlan;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Reference.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.IResolvable;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnApiMapping;
import software.amazon.awscdk.services.apigatewayv2.CfnDomainName;
import software.amazon.awscdk.services.apigatewayv2.CfnDomainName.DomainNameConfigurationProperty;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketStage;
import software.amazon.awscdk.services.route53.CfnRecordSet;
import software.amazon.awscdk.services.route53.CfnRecordSet.AliasTargetProperty;
import software.constructs.Construct;
import software.constructs.IConstruct;

import static java.util.Objects.requireNonNull;

/** Adds the custom domains of APIs. APIs that share a domain share its constructs. */
final class DomainConstructs {
  private final Construct app;
  private final Resources resources;
  private final OperatorSettings settings;
  private final Map<String, CfnDomainName> domains = new HashMap<>();

  DomainConstructs(Construct app, Resources resources, OperatorSettings settings) {
    this.app = app;
    this.resources = resources;
    this.settings = settings;
  }

  void add(Plan plan) {
    settings.domains.forEach((api, domain) -> {
      Construct scope = (Construct) app.getNode().findChild(ConstructIds.scope(api));
      boolean isHttp = plan.httpApis().stream().map(HttpApiPlan::path).anyMatch(api::equals);
      IConstruct made = isHttp ? resources.get(Kind.HTTP_API, api, HttpApi.class)
          : resources.get(Kind.API, api, WebSocketApi.class);
      CfnApi resource = (CfnApi) requireNonNull(made.getNode().getDefaultChild());
      withoutEndpoint(resource, domain.withoutEndpoint);
      if (domain.dualStack.possible()) resource.setIpAddressType(domain.ipAddressType());
      CfnDomainName name = domains.computeIfAbsent(domain.name, _ -> domain(scope, domain));
      CfnApiMapping.Builder mapping = CfnApiMapping.Builder.create(scope, "Mapping")
          .apiId(resource.getRef())
          .domainName(reference(name, domain))
          .stage(isHttp ? resources.get(Kind.STAGE, api, HttpStage.class).getStageName() : stage(api).getStageName());
      if (domain.hasBasePath.possible()) mapping.apiMappingKey(domain.basePath);
      CfnApiMapping added = mapping.build();
      added.getNode().addDependency(isHttp ? resources.get(Kind.STAGE, api, HttpStage.class) : stage(api));
      domain.chosen.decides(added);
    });
  }

  /** It takes effect with the next deployment. */
  private static void withoutEndpoint(CfnApi api, Choice choice) {
    if (choice.when() != null) api.setDisableExecuteApiEndpoint((IResolvable) choice.value(true));
    else if (choice.possible()) api.setDisableExecuteApiEndpoint(true);
  }

  /** Returns the name of a domain, which refers to the construct of the API that the domain is made for. */
  private String reference(CfnDomainName own, CustomDomain domain) {
    String reference = own.getRef();
    for (Map.Entry<String, Choice> each : domain.shared.entrySet()) {
      CustomDomain other = requireNonNull(settings.domains.get(each.getKey()));
      reference = each.getValue().text(requireNonNull(domains.get(other.name)).getRef(), reference);
    }
    return reference;
  }

  private WebSocketStage stage(String api) {
    return resources.stage(api);
  }

  private static CfnDomainName domain(Construct scope, CustomDomain domain) {
    CfnDomainName name = CfnDomainName.Builder.create(scope, "Domain")
        .domainName(domain.name)
        .domainNameConfigurations(List.of(DomainNameConfigurationProperty.builder()
            .certificateArn(domain.certificate)
            .endpointType("REGIONAL")
            .securityPolicy("TLS_1_2")
            .ipAddressType(domain.ipAddressType())
            .build()))
        .build();
    domain.made().decides(name);
    CfnOutput target = CfnOutput.Builder.create(scope, "DomainTarget")
        .description("What the DNS record of the domain is an alias of.")
        .value(name.getAttrRegionalDomainName())
        .build();
    if (domain.made().when() != null) target.setCondition(domain.made().when());
    if (domain.hasZone.possible()) {
      record(scope, domain, name, "A", domain.hasZone);
      if (domain.dualStack.possible()) record(scope, domain, name, "AAAA", domain.hasSecondRecord());
    }
    return name;
  }

  private static void record(
      Construct scope, CustomDomain domain, CfnDomainName name, String type, Choice chosen) {
    CfnRecordSet added = CfnRecordSet.Builder.create(scope, "Record" + type)
        .name(domain.name)
        .type(type)
        .hostedZoneId(requireNonNull(domain.zone))
        .aliasTarget(AliasTargetProperty.builder()
            .dnsName(name.getAttrRegionalDomainName())
            .hostedZoneId(name.getAttrRegionalHostedZoneId())
            .evaluateTargetHealth(false)
            .build())
        .build();
    chosen.decides(added);
  }
}

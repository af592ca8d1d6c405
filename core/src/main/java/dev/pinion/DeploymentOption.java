package dev.pinion;

/**
 * A group of settings that a deployment offers in addition to the usual ones: those who operate the app make them when
 * they deploy it. None is used until it is set.
 *
 * @see Cloud#deploymentOptions
 */
public enum DeploymentOption {
  /**
   * A custom domain for each API, with its path, its DNS record and its IP address type. The default endpoint can be
   * switched off. {@code url()} and what handlers send then use the domain.
   */
  CUSTOM_DOMAINS,
  /** Access logs, execution logs and detailed metrics of the APIs. */
  API_LOGS,
  /** Alarms about functions, dead letters and APIs, which notify a topic of SNS. */
  ALARMS
}

using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Tests.Providers;

[TestFixture]
internal sealed class AiSettingsTests
{
    [Test]
    public void EverythingThatCanBeSaidIsRead()
    {
        var ai = Read("""
            ai:
              provider: OpenAI
              model: a
              models: [a, b]
              api_version: 2024-10-21
              headers: {X-A: {env: VAR}, X-B: literal}
              record: anthropic
              replays: tests/replays
              limits: {requests_per_minute: 20, tokens_per_run: 100_000, cost_per_run: 0.25, timeout: 2 minutes}
              prices: {input: 2.5, output: 10}
            """);
        Assert.That((ai.Provider, ai.ApiVersion, ai.Record, ai.Replays), Is.EqualTo(("openai", "2024-10-21", "anthropic", "tests/replays")));
        Assert.That(ai.Models, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(ai.Headers, Is.EqualTo(new KeyValuePair<string, string?>[] { new("X-A", "VAR"), new("X-B", null) }), "A literal is no value.");
        Assert.That(ai.Limits, Is.EqualTo(new AiLimits { RequestsPerMinute = 20, TokensPerRun = 100_000, CostPerRun = 0.25m, Timeout = TimeSpan.FromMinutes(2) }));
        Assert.That(ai.Prices, Is.EqualTo(new AiPrices(2.5m, 10m)));
    }

    [TestCase("90", 90), TestCase("90s", 90), TestCase("1.5 min", 90), TestCase("0", null), TestCase("-5", null), TestCase("soon", null), TestCase("9999999999", null), TestCase("5 h", null), TestCase("''", null)]
    public void ATimeoutIsReadAsPeopleWriteIt(string written, double? seconds) =>
        Assert.That(Read($"ai: {{limits: {{timeout: {written}}}}}\n").Limits.Timeout?.TotalSeconds, Is.EqualTo(seconds));

    [TestCase("ai:"), TestCase("ai: []"), TestCase("ai: {limits: 5, prices: [], headers: x, models: {a: b}}"), TestCase("ai: {limits: {tokens_per_run: 99999999999999999999999999999999, requests_per_minute: -1, cost_per_run: x}, prices: {input: 1}}")]
    public void WhatCannotBeReadKeepsItsDefault(string written)
    {
        var ai = Read(written + "\n");
        Assert.That((ai.Limits, ai.Prices, ai.Headers.Count, ai.Enabled), Is.EqualTo((new AiLimits(), (AiPrices?)null, 0, true)));
    }

    private static AiSettings Read(string text) => SettingsReader.Read(SourceText.From("story: 1\n" + text)).Ai;
}

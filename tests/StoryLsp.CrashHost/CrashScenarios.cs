using StoryLsp.CrashHost.Scenarios;

namespace StoryLsp.CrashHost;

/// <summary>All scenarios.</summary>
internal static class CrashScenarios
{
    public static IReadOnlyList<ICrashScenario> All { get; } = [new HistoryScenario(), new PipelineScenario()];

    public static ICrashScenario Named(string name) => All.Single(scenario => scenario.Name == name);
}

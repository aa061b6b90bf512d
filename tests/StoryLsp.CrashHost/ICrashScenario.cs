namespace StoryLsp.CrashHost;

/// <summary>
/// Something that is killed at each of its fault points, begun again, and must end as if nothing had happened. A new one is a class in
/// <c>Scenarios/</c> and a line in <see cref="CrashScenarios"/>; the tests find it there.
/// </summary>
internal interface ICrashScenario
{
    /// <summary>Its name, as the host is called with it.</summary>
    string Name { get; }

    /// <summary>Makes the workspace as it is before. Nothing is killed here.</summary>
    void Prepare(string root);

    /// <summary>Does everything, or finishes what a run that was killed has left, as the product does when it is started again.</summary>
    /// <param name="root">The root of the workspace.</param>
    /// <param name="fault">To be given to every <c>HistoryStore</c> that is opened; it kills.</param>
    Task RunAsync(string root, Action<string> fault);

    /// <summary>What is wrong just after a kill, before anything is opened again; null for nothing. A file must be what it was, or what it becomes.</summary>
    string? Broken(string root);

    /// <summary>The end, written out: whatever was killed, it must be that of a run that was not.</summary>
    string State(string root);
}

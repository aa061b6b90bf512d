namespace StoryLsp.Server.Tests.Editor;

/// <summary>
/// How long a test waits for what must come. It says nothing of how fast anything is: only what never comes may take so long, on however
/// slow and busy a machine.
/// </summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
}

namespace StoryLsp.Cli.Git;

/// <summary>How a shell starts this program again, from wherever git stands.</summary>
internal static class OwnProgram
{
    /// <summary>The words of a shell.</summary>
    public static string Words { get; } = Find();

    /// <summary>A word of a shell, whatever stands in it.</summary>
    public static string Quoted(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string Find()
    {
        // git's shell takes slashes on Windows as well.
        var process = (Environment.ProcessPath ?? "storylsp").Replace('\\', '/');
        var isHost = Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return isHost ? $"{Quoted(process)} exec {Quoted(Path.Combine(AppContext.BaseDirectory, "storylsp.dll").Replace('\\', '/'))}" : Quoted(process);
    }
}

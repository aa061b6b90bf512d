namespace StoryLsp.Testing;

/// <summary>Where the sources are.</summary>
public static class Repository
{
    /// <summary>The folder with <c>StoryLsp.sln</c>, found upwards from the test assembly.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "StoryLsp.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests must run from inside the repository: no folder above them holds StoryLsp.sln.");
    }
}

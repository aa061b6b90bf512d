using NUnit.Framework;

namespace StoryLsp.Testing;

/// <summary>Real data by others, which is no part of the repository.</summary>
public static class TestData
{
    /// <summary>The environment variable that says where the data is.</summary>
    public const string Variable = "STORYLSP_DATA";

    /// <summary>The path of a file or folder of the data. Where it is absent, the test is skipped with a reason.</summary>
    /// <param name="relativePath">Path inside the data, with <c>/</c>.</param>
    public static string Find(string relativePath)
    {
        foreach (var root in Roots())
        {
            var path = Path.Combine(root, relativePath.Replace('/', Path.DirectorySeparatorChar));
            if (Path.Exists(path))
            {
                return path;
            }
        }

        Assert.Ignore($"The real data `{relativePath}` is not here. Set {Variable} to the folder that holds it.");
        return "";
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } root)
        {
            yield return root;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "shared", "data");
        }
    }
}

using System.CommandLine;
using System.Text;
using StoryLsp.Index;
using StoryLsp.Language.Settings;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp init</c>: an empty story to begin with. It never overwrites a file.</summary>
internal static class InitCommand
{
    private static readonly (string Path, string Text)[] Template =
    [
        (SettingsReader.FileName, """
            story: 1                      # the version of the format
            title: {title}
            language: en
            status: draft                 # draft | complete
            """),
        ("characters/first-character.yaml", """
            # One file a person. The file's name is the id by which scenes refer to it.
            name: First Character
            description: Who they are, in a sentence.
            """),
        ("locations/first-place.yaml", """
            name: First Place
            description: Where it is, and what one hears there.
            """),
        ("scenes/01-first-scene.md", """
            ---
            title: First Scene
            pov: first-character
            characters: [first-character]
            location: first-place
            ---

            First Character came to First Place, and the story began.
            """),
    ];

    public static Command Create()
    {
        var path = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "The new story's folder; the current folder when left out." };
        var command = new Command("init", "Begin a story: settings, a character, a place and a scene to write over.") { path };
        command.SetAction(parsed => Run(parsed.GetValue(path)));
        return command;
    }

    private static int Run(string? path)
    {
        var root = Path.GetFullPath(path ?? Directory.GetCurrentDirectory());
        if (File.Exists(Path.Combine(root, SettingsReader.FileName)))
        {
            throw new CommandFailure($"there is a story already: {Path.Combine(root, SettingsReader.FileName)}. Nothing was changed.");
        }

        if (Path.GetDirectoryName(root) is { } above && EnclosingStory(above) is { } enclosing)
        {
            throw new CommandFailure($"this folder belongs to the story in {enclosing}, and a story of its own would take it out of that one. Nothing was changed.");
        }

        var title = Path.GetFileName(Path.TrimEndingDirectorySeparator(root)) is { Length: > 0 } name ? Language.Documents.DocumentReader.Humanize(name) : "My Story";
        foreach (var (file, text) in Template)
        {
            var full = Path.Combine(root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            if (!File.Exists(full))
            {
                var content = text.Replace("{title}", "\"" + title.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"", StringComparison.Ordinal);
                File.WriteAllText(full, content.ReplaceLineEndings("\n") + "\n", new UTF8Encoding(false));
                Console.Out.WriteLine(Path.GetRelativePath(Directory.GetCurrentDirectory(), full));
            }
        }

        var shown = path is null ? "" : path.Contains(' ', StringComparison.Ordinal) ? $" \"{path}\"" : " " + path;
        Console.Out.WriteLine($"Check it any time with `storylsp check{shown}`.");
        return 0;
    }

    private static string? EnclosingStory(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        var root = WorkspaceRoot.Find(existing);
        return File.Exists(Path.Combine(root, SettingsReader.FileName)) ? root : null;
    }
}

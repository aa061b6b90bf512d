using System.Globalization;
using System.Text;

namespace StoryLsp.Benchmarks;

/// <summary>A folder of notes with ordinary Markdown links, of which some lead nowhere: work that any Markdown tool can do.</summary>
internal sealed class LinkedNotes : IDisposable
{
    private const int LinksOfNote = 8;

    private LinkedNotes(string root) => Root = root;

    public string Root { get; }

    public int Files { get; private set; }

    /// <summary>Where links lead to no file or to no heading: the file and the line, from 0.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>A note in the middle.</summary>
    public string Middle { get; private set; } = "";

    public static LinkedNotes Create(int files)
    {
        var notes = new LinkedNotes(Path.Combine(Path.GetTempPath(), "storylsp-notes", Guid.NewGuid().ToString("N")));
        var random = new Random(7);
        for (var i = 0; i < files; i++)
        {
            notes.Write(i, files, random);
        }

        return notes;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Write(int i, int files, Random random)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Note {i}\n\n");
        for (var section = 0; section < 4; section++)
        {
            text.Append(CultureInfo.InvariantCulture, $"## Part {section} of {i}\n\n");
            text.Append(new Prose(random, ["Ada Vane", "Tom Hale"], ["the mill"]).Write(120).Replace("[[", "", StringComparison.Ordinal).Replace("]]", "", StringComparison.Ordinal));
            for (var link = 0; link < LinksOfNote / 4; link++)
            {
                var other = random.Next(files);
                var isBroken = (i + link) % 97 == 5 && section == 0;
                if (isBroken)
                {
                    var line = text.ToString().Count(unit => unit == '\n');
                    Broken.Add(string.Create(CultureInfo.InvariantCulture, $"{i % 20}/note-{i}.md:{line}"));
                }

                var target = isBroken && link % 2 == 0 ? $"../{other % 20}/gone-{other}.md"
                    : $"../{other % 20}/note-{other}.md#" + (isBroken ? "no-such-part" : string.Create(CultureInfo.InvariantCulture, $"part-{link}-of-{other}"));
                text.Append(CultureInfo.InvariantCulture, $"See [note {other}]({target}).\n\n");
            }
        }

        var path = Path.Combine(Root, (i % 20).ToString(CultureInfo.InvariantCulture), $"note-{i}.md");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ToString());
        Files++;
        if (i == files / 2)
        {
            Middle = path;
        }
    }
}

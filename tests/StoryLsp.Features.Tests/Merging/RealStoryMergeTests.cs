using System.Text.RegularExpressions;
using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Merging;

/// <summary>Merging the files of the finished example (the other has slips, such as two keys of one name): where git's merge of lines is clean as well, both say the same to the letter.</summary>
public partial class RealStoryMergeTests
{
    private static IEnumerable<string> Files() => Directory.GetFiles(Path.Combine(Repository.Root, "examples", "hollow-creek"), "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".yaml" or ".md" && !file.Contains("/.story/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(file => Path.GetRelativePath(Repository.Root, file));

    [TestCaseSource(nameof(Files))]
    public void Values_that_each_side_changed_are_where_git_has_them_too(string file)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, file));
        var values = Value().Matches(Yaml(file, text)).Select(match => match.Groups["value"].Index + match.Groups["value"].Length).ToList();
        var random = new Random(file.Length);
        for (var i = 0; i < 10 && values.Count > 1; i++)
        {
            var (one, other) = (values[random.Next(values.Count)], values[random.Next(values.Count)]);
            if (one == other)
            {
                continue;
            }

            var (ours, theirs, both) = (text.Insert(one, " mine"), text.Insert(other, " yours"), text.Insert(Math.Max(one, other), one > other ? " mine" : " yours").Insert(Math.Min(one, other), one < other ? " mine" : " yours"));
            if (!Reads(file, ours) || !Reads(file, theirs))
            {
                continue;
            }

            Assert.That(Merged.Clean(Relative(file), ours, text, theirs), Is.EqualTo(both));
            var byGit = Merged.ByGit(ours, text, theirs);
            Assert.That(byGit.Conflicts > 0 || byGit.Text == both, "git says otherwise");
        }
    }

    // In the story's own paths, so that folders tell types.
    private static string Relative(string file) => string.Join('/', file.Split(Path.DirectorySeparatorChar).Skip(2));

    private static bool Reads(string file, string text) => YamlParser.Parse(SourceText.From(Yaml(file, text).Trim('\0'))).Errors.Count == 0;

    // The YAML of a file, with as many characters before it; of Markdown its front matter.
    private static string Yaml(string file, string text)
    {
        if (file.EndsWith(".yaml", StringComparison.Ordinal))
        {
            return text;
        }

        var end = text.StartsWith("---\n", StringComparison.Ordinal) ? text.IndexOf("\n---\n", StringComparison.Ordinal) : -1;
        return end < 0 ? "" : "\0\0\0\0" + text[4..(end + 1)];
    }

    [GeneratedRegex(@"^(?:\0*)[ -]*[a-z_]+: (?<value>[A-Za-z][A-Za-z0-9 ,.-]*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Value();
}

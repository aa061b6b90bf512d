using StoryLsp.Testing;

namespace StoryLsp.Index.Tests;

public sealed class ReadmeTests
{
    [Test]
    public async Task The_tables_columns_and_questions_of_the_README_are_there()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "server", "StoryLsp.Index", "README.md"));
        using var folder = new TestFolder().WriteOld("a.md", "---\nid: a\ntags: [x]\n---\n# A\n\nIn muddy boots.\n");
        await using var workspace = await folder.OpenIndexedAsync();
        var tables = lines.SkipWhile(line => !line.StartsWith("## Tables", StringComparison.Ordinal)).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();
        Assert.That(tables, Has.Count.EqualTo(8));
        foreach (var line in tables.SkipLast(1))
        {
            var cells = line.Split('|');
            var columns = System.Text.RegularExpressions.Regex.Replace(cells[2], @"\([^)]*\)", "").Split('`').Where((_, i) => i % 2 == 1);
            Assert.That(async () => await workspace.QueryAsync($"SELECT {string.Join(", ", columns)} FROM {cells[1].Trim(' ', '`')}"), Throws.Nothing, line);
        }

        var questions = lines.SkipWhile(line => line != "```sql").Skip(1).TakeWhile(line => line != "```").ToList();
        Assert.That(questions, Has.Count.EqualTo(5));
        foreach (var question in questions)
        {
            Assert.That(async () => await workspace.QueryAsync(question), Throws.Nothing, question);
        }

        Assert.That((await workspace.QueryAsync(questions[^1])).Rows[0][0], Is.EqualTo("a.md"));
        Assert.That((await workspace.QueryAsync(questions[3])).Rows[0][1], Is.EqualTo("x"));
    }
}

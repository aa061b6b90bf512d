using NUnit.Framework;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.BadInput;

/// <summary>Addresses of files with odd names, as editors spell them.</summary>
public sealed class AddressTests
{
    [TestCase("plain.md")]
    [TestCase("with space.md")]
    [TestCase("hash#1.md")]
    [TestCase("100%.md")]
    [TestCase("a%20b.md")]
    [TestCase("fox 🦊.md")]
    [TestCase("Ünïcödé–—.md")]
    [TestCase("q?&=+;,@!$'()*.md")]
    [TestCase("[brackets]{braces}.md")]
    [TestCase("c:colon.md")]
    public void A_path_and_its_address_are_one(string name)
    {
        var path = Path.Combine(Path.GetTempPath(), "work space #%", name);
        var uri = DocumentUri.FromPath(path);
        Assert.That(uri, Does.Not.Contain(" ").And.Not.Contain("#"));
        Assert.That(DocumentUri.ToPath(uri), Is.EqualTo(Path.GetFullPath(path)));
    }

    [TestCase("file:///a/b%20c.md", "/a/b c.md")]
    [TestCase("file:///a/b%2Fc.md", "/a/b/c.md")]
    [TestCase("FILE:///a/%c3%a9.md", "/a/é.md")]
    [TestCase("file:///a/é.md", "/a/é.md")]
    [TestCase("file://localhost/a/b.md", "/a/b.md")]
    [TestCase("file:///c%3A/Users/b.md", "/c:/Users/b.md")]
    [TestCase("file:///a/x%5Cy.md", "/a/x\\y.md")]
    [TestCase("file:///a/%2520.md", "/a/%20.md")]
    public void Addresses_are_decoded_once(string uri, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("These are paths of Unix.");
        }

        Assert.That(DocumentUri.ToPath(uri), Is.EqualTo(path));
    }

    [TestCase("untitled:Untitled-1")]
    [TestCase("http://x/y")]
    [TestCase("file:")]
    [TestCase("")]
    [TestCase("file:///a%00b")]
    [TestCase("nonsense")]
    public void What_is_no_file_has_no_path(string uri) => Assert.That(DocumentUri.ToPath(uri), Is.Null.Or.EqualTo(Path.DirectorySeparatorChar.ToString()));

    [Test]
    public async Task Everything_works_in_a_folder_of_an_odd_name()
    {
        const string name = "work space #1 100% 🦊 é";
        await using var editor = await EditorHarness.StartAsync("""
            //- story.yaml
            story: 1
            //- characters/ada #1 🦊.yaml
            id: ada
            name: Ada Vane
            //- scenes/100% [x].md
            ---
            pov: a$0da
            ---
            [[Nobody]]
            """, EditorProfile.VsCode, name);
        editor.Open("scenes/100% [x].md");
        Assert.That(await editor.CodesAsync("scenes/100% [x].md"), Is.EqualTo(new[] { "ref/unresolved" }));
        var link = (await editor.AskAsync("textDocument/definition", editor.AtCursor()))![0]!;
        Assert.That(DocumentUri.ToPath(link["targetUri"]!.GetValue<string>()), Is.EqualTo(editor.Story.PathOf("characters/ada #1 🦊.yaml")));
    }

    [Test]
    public async Task The_editor_s_own_spelling_of_an_address_is_kept()
    {
        await using var editor = await EditorHarness.StartAsync("""
            //- story.yaml
            story: 1
            //- characters/ada(1).yaml
            id: ada
            name: Ada
            //- scenes/one.md
            ---
            pov: a$0da
            ---
            """);
        // VS Code does not encode parentheses, others do; each gets its own back.
        var odd = editor.UriOf("characters/ada(1).yaml").Replace("%28", "(", StringComparison.Ordinal).Replace("%29", ")", StringComparison.Ordinal);
        editor.Open("characters/ada(1).yaml", uri: odd);
        editor.Open("scenes/one.md");
        var link = (await editor.AskAsync("textDocument/definition", editor.AtCursor()))![0]!;
        Assert.That(link["targetUri"]!.GetValue<string>(), Is.EqualTo(odd));
    }
}

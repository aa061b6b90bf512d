using NUnit.Framework;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Runs;

namespace StoryLsp.Server.Tests.Ai;

/// <summary>The addresses of the server's own documents, and the head of a prompt.</summary>
public sealed class StoryAddressTests
{
    [TestCase("storylsp:/proposal/a1b2.md")]
    [TestCase("storylsp:/before/a1b2/scenes/one.md")]
    [TestCase("storylsp:/after/a1b2/scenes/Caf%C3%A9%20%231.md")]
    public void An_address_is_what_it_was_read_from(string uri) => Assert.That(StoryAddress.Parse(uri)?.ToString(), Is.EqualTo(uri));

    [TestCase("file:///a.md")]
    [TestCase("storylsp:")]
    [TestCase("storylsp:/proposal")]
    [TestCase("storylsp:/proposal/a1b2")]
    [TestCase("storylsp:/elsewhere/a1b2/x.md")]
    public void What_is_none_is_none(string uri) => Assert.That(StoryAddress.Parse(uri), Is.Null);

    [TestCase("---\nrun: 1\nmodel: small\n---\ntext", "---\nrun: 1\nmodel: \"large\"\n---\ntext")]
    [TestCase("---\nrun: 1\n---\nmodel: of the text", "---\nrun: 1\nmodel: \"large\"\n---\nmodel: of the text")]
    [TestCase("---\r\nrun: 1\r\nmodel: small\r\n---\r\n", "---\r\nrun: 1\r\nmodel: \"large\"\r\n---\r\n")]
    public void The_model_is_named_in_the_head(string before, string after)
    {
        var edit = PromptBuffers.ModelEdit(before, "large")!.Value;
        Assert.That(before[..edit.Span.Start] + edit.NewText + before[edit.Span.End..], Is.EqualTo(after));
    }

    [Test]
    public void A_prompt_without_a_head_has_no_place_for_a_model() => Assert.That(PromptBuffers.ModelEdit("text\n---\nmodel: x", "large"), Is.Null);
}

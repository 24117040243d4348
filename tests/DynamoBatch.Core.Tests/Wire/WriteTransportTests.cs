using System;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using Amazon.Runtime;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Updating;
using DynamoBatch.Core.Wire;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Wire;

public class WriteTransportTests
{
    private static readonly TableSchema Schema = new("T", new KeyAttribute("id", KeyType.S), null, []);

    [Theory]
    [InlineData("Invalid ConditionExpression: Syntax error; token: \"==\", near: \"v == :v\"")]
    [InlineData("Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: status")]
    public async Task A_condition_that_the_service_cannot_read_fails_the_table_once_and_names_the_parameter(string message)
    {
        WriteReply reply = await SendAsync(new UpdateOptions { Condition = "v == :v" }, "ValidationException", message);

        reply.Kind.ShouldBe(ReplyKind.TableFailed);
        reply.Failure!.Kind.ShouldBe(FailureKind.ItemRejected);
        reply.Failure.Message.ShouldStartWith("-Condition is not accepted for table 'T'.");
        reply.Failure.Message.ShouldContain(message);
    }

    [Fact]
    public async Task Another_refusal_is_the_items_own()
    {
        WriteReply reply = await SendAsync(
            new UpdateOptions { Condition = "v = :v" }, "ValidationException", "An operand in the update expression has an incorrect data type");

        reply.Kind.ShouldBe(ReplyKind.Rejected);
        reply.Failure.ShouldBeNull();
    }

    private static async Task<WriteReply> SendAsync(UpdateOptions options, string code, string message)
    {
        var encoder = new ItemEncoder(Schema, keepAttributes: true);
        encoder.Begin();
        encoder.Add(encoder.Plan("id"), "a");
        encoder.Add(encoder.Plan("x"), 1);
        EncodedItem item = encoder.Finish();
        var table = new WriteTable(Schema, 0);
        var operation = new WriteOperation(table, WriteVerb.Update, item, null) { Request = new UpdateShape(Schema, options, item.Attributes) };
        var slot = new KeySlot(new ItemKey(table, item.Key));
        slot.Add(operation);
        var request = new WriteRequest(operation.Route);
        request.Add(slot);

        var fault = new AmazonServiceException(message, ErrorType.Sender, code, "r", HttpStatusCode.BadRequest);
        var transport = new WriteTransport(
            (_, _, _) => throw new ServiceFaultException(fault, Encoding.UTF8.GetBytes("{}")), (f, _) => new DdbException(f.Kind, f.Message), TimeProvider.System);
        return await transport.SendAsync(request, default);
    }
}

package scan

// Field is what a label announces: the words before a colon, the head of a table
// column, the cell to the left. The same words serve all three.
type Field uint8

// Fields. FieldOther stands for labels that announce a number which is nobody's
// secret (订单号, 登记号): it takes the number away from the personal ones.
const (
	FieldNone Field = iota
	FieldName
	FieldPerson // a person, but the label also stands in running text: 专家, 患者
	FieldMobile
	FieldPhone // 电话: mobile or landline
	FieldHomePhone
	FieldID // 证件号: identity card, passport or permit
	FieldPassport
	FieldPermit
	FieldResidence
	FieldCard
	FieldAccount // 银行账号
	FieldBank    // 开户行: raises, announces nothing
	FieldEmail
	FieldUnitEmail
	FieldAddress
	FieldUnitAddress
	FieldBirth
	FieldGender
	FieldEthnic
	FieldNative
	FieldAge
	FieldEducation
	FieldPassword
	FieldPair // 账号密码 in one
	FieldUser
	FieldWireless
	FieldKey
	FieldAppSecret
	FieldVerification
	FieldCertificate
	FieldPlate
	FieldVIN
	FieldIMEI
	FieldIMSI
	FieldICCID
	FieldSocial
	FieldDriver
	FieldWechat
	FieldQQ
	FieldOfficer
	FieldSerial
	FieldContract
	FieldContractSum
	FieldPatent
	FieldCreditCode
	FieldOrgCode
	FieldHost
	FieldLongitude
	FieldLatitude
	FieldCoordinates
	FieldX
	FieldY
	FieldSecrecy
	FieldUnit
	FieldTitle
	FieldOther
)

// words lists the labels of each field. ASCII words are matched whole, in lower
// case; the longest word at a place wins, so a longer harmless word (公众号) can
// take a place from a shorter one (微信).
var words = map[Field][]string{
	FieldName: {
		"姓名", "证明人", "担保人", "牵头人", "带头人", "召集人", "合作者", "合作人", "共同完成人", "通讯作者", "第一作者", "论文作者", "第一发明人", "共同发明人", "提名者", "主审", "主审人", "监制人", "监考人", "总监理工程师", "总设计师", "副总设计师", "项目总工", "项目总师", "技术总监", "产品经理", "售后联系人", "维护人", "维护人员", "运维人员", "运维负责人", "系统管理员", "安全管理员", "保密员", "联络人员", "发件人", "寄送人", "收货人", "取件人", "送件人", "经手人", "采购人", "报价人", "投标代表", "谈判代表", "法定代表", "报告编写人", "编写人", "审批人", "审查人", "审阅人", "评审员", "评价人", "推荐院士", "被提名人", "答辩专家", "评审组长", "专家组长", "项目秘书", "会议秘书", "课题秘书", "班主任", "辅导员", "监护人姓名", "家长姓名", "学生姓名", "患者姓名", "员工姓名", "申请者", "主持者", "创作者", "获奖者名单", "获奖人员名单", "获奖人名单", "人员名单", "成员名单", "参会名单", "参会人员名单", "参加人员名单", "专家名单", "评委名单", "名单如下", "报修人", "巡检人", "巡检员", "安装人员", "调试人员", "培训讲师", "讲师", "户名", "答辩人", "汇报人", "主讲人", "报告人", "主检", "主检人", "检测人", "检验人", "检验员", "试验员", "测试员", "测试人", "测试人员", "记录人", "记录员", "制表人", "统计人", "统计员", "签收人", "验收人", "交接人", "移交人", "接收人", "领取人", "领用人", "保管人", "报名人", "报送人", "参会人", "参会人员", "参加人", "出席人员", "授权代表", "委托代理人", "被授权人", "被委托人", "委托人", "受托人", "受理人", "承办人", "采购人代表", "带队人", "带班领导", "值班人员", "值班领导", "值班员", "值守人员", "主办人", "协办人", "撰稿人", "撰写人", "主笔", "主编", "译者", "编者", "校核人", "核稿人", "拟稿人", "签发人", "登记人", "录入人", "操作人", "责任编辑", "施工负责人", "现场负责人", "单位负责人", "部门负责人", "商务联系人", "财务联系人", "现场联系人", "联系同志", "法人姓名", "持有人", "使用人", "车主", "乘车人", "驾驶人", "住户", "户主", "借款人", "开户人", "受益人", "被推荐人", "候选人", "提名人", "提名专家", "获奖人", "获奖者", "主要完成者", "发言人", "主持人姓名", "会议主持", "参与者", "访谈人", "受访人", "来访人", "联系人", "联络人", "负责人", "项目负责人", "技术负责人", "经办人", "经办", "申报人", "完成人", "主要完成人", "第一完成人",
		"项目第一完成人", "推荐人", "推荐专家", "发明人", "设计人", "法定代表人", "法人代表", "审核人", "复核人", "填表人", "填报人", "联络员", "联系老师",
		"项目经理", "责任人", "紧急联系人", "会签人", "编制人", "审定人", "批准人", "校对人", "签字人", "值班人", "项目联系人", "业务联系人", "测试联系人",
		"课题负责人", "项目主持人", "学术带头人", "首席科学家", "首席专家", "主要完成人员", "完成人员", "参加人员", "参与人员", "获奖人员", "编写人员", "起草人", "主要起草人", "参编人员", "评审人", "鉴定专家", "评委", "项目组成员", "团队成员", "课题组成员", "指导教师", "收件人", "寄件人",
		"持证人", "持卡人", "收款人", "监护人", "真实姓名", "中文姓名", "英文姓名", "申请人姓名", "专家姓名", "联系人姓名", "负责人姓名", "档案姓名",
		"contact person", "contact name", "emergency contact", "project contact", "primary contact", "main contact", "technical contact", "business contact", "corresponding author", "contact", "full name", "applicant name", "name", "principal investigator", "project leader", "project manager", "attn", "author", "applicant", "responsible person", "person in charge",
	},
	FieldPerson: {
		"学员", "职工", "乘客", "村民", "民警", "辅警", "选手", "组员", "委员", "评审委员", "队长", "站长", "班长", "馆长", "主管", "经理", "总监", "秘书", "助理", "复核", "审核", "批准", "编制", "审定", "校核", "校对", "核准", "拟稿", "签发", "制表", "记录", "制图", "签收", "填报", "填表", "汇报", "主讲", "主持", "检测", "测试", "设计", "会计", "出纳", "收件", "采购员", "质检员", "安全员", "带班", "值班", "专家", "评审专家", "患者", "学生", "导师", "组长", "成员", "申请人", "作者", "法人", "主持人", "举报人", "证人", "受害人", "志愿者", "首席工程师",
		"签名", "签字", "总工程师", "驾驶员", "司机", "员工", "家属", "本人", "联系", "主任", "副主任", "处长", "副处长", "局长", "副局长", "所长", "院长", "校长", "总经理", "董事长",
	},
	FieldMobile: {"手机", "手机号", "手机号码", "移动电话", "联系手机", "个人手机", "手机同号", "微信同号", "同微信", "加微信", "备用号码", "联系号码", "本机号码", "mobile", "mobile no", "mobile number", "mobile phone", "cell", "cell phone", "cellphone", "whatsapp"},
	FieldPhone: {
		"电话", "联系电话", "电话号码", "联系方式", "致电", "拨打", "来电", "tel", "tel no", "telephone", "phone", "phone no", "phone number", "call", "办公电话", "单位电话", "固定电话", "座机", "传真", "fax", "值班电话",
		"咨询电话", "服务热线", "联系我们",
	},
	FieldHomePhone:   {"家庭电话", "住宅电话", "宅电", "家中电话", "home phone"},
	FieldID:          {"身份证", "身份证号", "身份证号码", "居民身份证", "公民身份号码", "身份号码", "居民身份证号", "居民身份证号码", "证件号", "证件号码", "证件编号", "证件", "有效证件", "身份证件号码", "id no", "id number", "id card", "id card no", "id card number", "identity card", "identity card no", "identity no", "citizen id", "resident id", "national id"},
	FieldPassport:    {"护照", "护照号", "护照号码", "passport", "passport no", "passport number", "passport number is"},
	FieldPermit:      {"通行证", "港澳通行证", "往来港澳通行证", "台胞证", "回乡证", "港澳居民来往内地通行证", "来往内地通行证", "台湾居民来往大陆通行证", "来往大陆通行证", "大陆居民往来台湾通行证", "往来台湾通行证", "入台证"},
	FieldResidence:   {"永居证", "永久居留证", "永久居留身份证", "外国人永久居留身份证", "外国人永久居留证", "港澳台居民居住证", "permanent residence card", "permanent resident card"},
	FieldCard:        {"卡号", "银行卡号", "银行卡", "工资卡", "收款卡号", "储蓄卡", "信用卡", "借记卡", "card no", "card number", "bank card", "bank card no", "bank card number", "debit card", "credit card", "card"},
	FieldAccount:     {"银行账号", "银行帐号", "对公账号", "对公账户", "收款账号", "收款账户", "账户号", "账号", "帐号", "汇款账号", "付款账号", "付款账户", "结算账号", "结算账户", "基本账户", "专用账户", "银行账户", "收付款账户", "户头", "bank account", "account no", "account number", "a/c no", "iban"},
	FieldBank:        {"开户行", "开户银行", "开户名"},
	FieldEmail:       {"邮箱", "电子邮箱", "个人邮箱", "邮件地址", "电子邮件", "邮箱地址", "email", "e-mail", "mail"},
	FieldUnitEmail:   {"单位邮箱", "公共邮箱", "官方邮箱", "咨询邮箱", "投诉邮箱", "受理邮箱", "举报邮箱", "客服邮箱"},
	FieldAddress:     {"住址", "家庭住址", "家庭地址", "现住址", "居住地址", "住宅地址", "户籍地址", "户籍", "户籍地", "户口地址", "家庭所在地", "居住地点", "现居", "现居地", "常住地址", "租住地址", "家属住址", "户籍所在地", "户口所在地", "现居住地", "居住地", "家住", "住在", "居住在", "居住于", "收件地址", "收货地址", "寄送地址", "home address", "residential address"},
	FieldUnitAddress: {"单位地址", "办公地址", "注册地址", "公司地址", "通讯地址", "通信地址", "联系地址", "详细地址", "地址", "address"},
	FieldBirth:       {"出生日期", "出生年月", "出生年月日", "生日", "出生于", "生于", "出生", "date of birth", "birth date", "dob"},
	FieldGender:      {"性别", "gender", "sex"},
	FieldEthnic:      {"民族"},
	FieldNative:      {"籍贯", "祖籍", "出生地"},
	FieldAge:         {"年龄"},
	FieldEducation:   {"学历", "婚姻状况", "政治面貌"},
	FieldPassword: {
		"密码", "口令", "登录密码", "登陆密码", "登录口令", "默认密码", "默认口令", "初始密码", "初始口令", "管理密码", "管理口令", "管理员密码", "管理员口令", "开机密码", "访问密码", "数据库密码",
		"系统密码", "账户密码", "解压密码", "解压码", "解压口令", "压缩包密码", "文档密码", "打开密码", "提取密码", "分享码", "会议密码", "入会密码", "登录码", "提取码", "访问码", "通行码", "password", "passwd", "pwd", "passcode", "passphrase", "pass word", "暗号", "psk", "wpa密钥", "wpa2密钥", "pre-shared key", "passkey", "pin码", "pw", "pass", "mima", "登录口令字",
	},
	FieldPair:     {"账号密码", "账号/密码", "用户名密码", "用户名/密码", "账户密码为", "账号口令", "账号/口令", "用户名/口令", "用户名口令", "账号、密码", "用户名、密码", "账号和密码", "用户名和密码", "账密", "username/password", "user/password", "credentials"},
	FieldUser:     {"用户名", "登录名", "登录账号", "管理账号", "管理员账号", "默认登录", "登录信息", "管理账户", "登录账户", "演示账号", "测试账号", "用户账号", "username", "user name", "user", "login", "uid", "account"},
	FieldWireless: {"wifi", "wi-fi", "wlan", "无线网", "无线网络", "热点", "vpn", "ssid"},
	FieldKey: {
		"authorization", "bearer", "bearer token", "access key no", "密钥值", "秘钥", "接口令牌", "鉴权令牌", "secret", "token", "api_key", "apikey", "api-key", "api key", "access_key", "accesskey", "access key", "accesskeyid", "access_key_id", "access key id", "accesskeysecret", "access_key_secret", "access key secret", "secret_key",
		"secretkey", "secret key", "secretid", "secret_id", "secret_access_key", "aws_secret_access_key", "auth_token", "access_token", "private_token", "client_secret", "密钥", "令牌", "访问令牌", "访问密钥", "接口密钥", "私钥", "ak", "sk", "signing_key", "encryption_key",
	},
	FieldAppSecret:    {"appsecret", "app_secret", "app secret", "小程序密钥", "公众号密钥"},
	FieldVerification: {"验证码", "校验码", "verification code", "动态码"},
	FieldCertificate:  {"证书序列号", "usbkey编号", "usbkey序列号", "usb key编号", "ukey编号", "ukey序列号", "数字证书编号"},
	FieldPlate:        {"车牌", "车牌号", "车牌号码", "号牌", "号牌号码", "牌照", "车辆号牌", "军车", "plate no", "license plate", "licence plate"},
	FieldVIN:          {"车架号", "车辆识别代号", "车辆识别代码", "vin", "vin码"},
	FieldIMEI:         {"imei", "imei号", "手机串号"},
	FieldIMSI:         {"imsi"},
	FieldICCID:        {"iccid", "sim卡号"},
	FieldSocial:       {"社保号", "社保账号", "社保卡号", "社会保障号", "社会保障号码", "社会保障卡号", "医保号", "医保卡号", "医保编号", "公积金账号", "公积金账户", "公积金号", "参保号", "个人社保编号", "学籍号"},
	FieldDriver:       {"驾驶证", "驾驶证号", "驾驶证号码", "驾照号", "驾驶证档案编号", "驾驶证档案号"},
	FieldWechat:       {"微信", "微信联系", "微信账号", "微信id", "微信号", "个人微信", "wechat", "wechat id", "weixin", "vx", "v信", "钉钉号", "抖音号", "微博", "微博账号", "telegram", "skype"},
	FieldQQ:           {"qq", "qq号", "qq号码", "扣扣"},
	FieldOfficer:      {"军官证", "士兵证", "军人证", "文职干部证", "军官证号", "士兵证号", "军人保障卡", "警官证", "军人证件"},
	FieldSerial:       {"序列号", "设备序列号", "产品序列号", "出厂编号", "出厂序列号", "资产编号", "固定资产编号", "设备编号", "s/n", "sn", "serial no", "serial number", "asset no"},
	FieldContract:     {"合同编号", "合同号", "协议编号", "协议号", "合同书编号", "contract no", "contract number", "agreement no"},
	FieldContractSum: {
		"合同金额", "合同额", "合同总额", "合同总金额", "合同价", "合同价款", "合同总价", "合同经费", "协议金额", "协议总额", "中标金额", "中标额", "中标价", "中标总价", "签约金额", "签约额",
		"合同总价款", "合同价格", "合同总款", "合同费用", "合同造价", "合同标的", "合同标的金额", "合同含税金额", "合同含税价", "合同含税总价", "合同不含税价", "合同暂定价", "合同签约价", "合同约定金额", "合同执行金额", "合同到账金额", "合同结算价", "协议价款", "协议总价", "协议价格", "协议额", "协议经费", "中标总金额", "中标价格", "中标总额", "中标价款", "成交总价", "成交总额", "成交价格", "成交额", "签约总额", "签约总价", "签约价", "签约价款", "采购总额", "采购总价", "采购价", "采购合同额", "承包价", "承包总价", "发包价", "成交金额", "成交价", "采购金额", "合同单价", "合同标的额", "contract value", "contract amount", "contract price", "contract sum",
	},
	FieldPatent:      {"专利号", "申请号", "专利申请号", "号码"},
	FieldCreditCode:  {"统一社会信用代码", "信用代码", "社会信用代码"},
	FieldOrgCode:     {"组织机构代码", "机构代码"},
	FieldHost:        {"ip", "ip地址", "管理地址", "服务器地址", "主机地址", "内网地址", "公网ip", "mac", "mac地址", "物理地址"},
	FieldLongitude:   {"经度", "东经", "longitude", "lng", "lon"},
	FieldLatitude:    {"纬度", "北纬", "latitude", "lat"},
	FieldCoordinates: {"坐标", "经纬度", "地理坐标", "位置坐标", "coordinates"},
	FieldX:           {"x坐标", "北坐标", "纵坐标", "坐标x"},
	FieldY:           {"y坐标", "东坐标", "横坐标", "坐标y"},
	FieldSecrecy:     {"密级", "保密等级", "文件密级", "定密"},
	FieldUnit:        {"单位", "工作单位", "所在单位", "申报单位", "单位名称", "部门", "单位全称", "完成单位"},
	FieldTitle:       {"职务", "职称", "岗位", "职务职称"},
	FieldOther: {
		"车辆通行证", "货车通行证", "门禁通行证", "出入通行证", "临时通行证", "电子通行证", "浏览量", "访问量", "下载量", "播放量", "点击量", "产量", "销量", "总量", "数量", "发行量", "阅读量", "用户数", "装机量", "保有量", "交易量", "处理量", "合计", "总计", "累计", "资产卡片号", "卡片号", "会员卡号", "就诊卡号", "借书证号", "订单号", "订单", "订单编号", "流水号", "流水", "交易流水", "受理流水", "长流水", "批次流水", "单号", "追踪号", "物流追踪号", "条码", "条形码", "编码", "批次", "批号", "物料", "物料长码", "时间戳", "登记号",
		"登记编号", "软件登记号", "著作权登记号", "编号", "序号", "备案号", "许可证", "许可证号", "注册号", "注册证", "注册证号", "批准文号", "型号", "版本", "版本号", "固件", "isbn", "issn", "doi", "项目编号", "课题编号", "报告编号", "检测报告编号",
		"样本编号", "标准号", "货号", "工单", "工单号", "发票号", "发票号码", "任务号", "存证号", "学号", "工号", "员工号", "会员号", "证书编号", "证书号", "合格证号", "备案编号", "快递单号", "运单号", "机身号", "图号", "档号", "设备号", "表号", "户号", "发票代码", "商品条码", "商品编码", "海关编码", "udi", "sku", "rfid", "epc", "ean", "upc", "校验和", "no", "出库单", "入库单", "编号为", "代码", "种子", "端口", "里程", "许可编号", "任务编号", "文献号", "样品", "样本", "试剂", "哈希", "指纹", "公众号", "微信公众号", "微信小程序", "小程序", "企业微信", "视频号", "官方微博", "热线", "客服热线", "服务台",
		"化学生", "医学生", "数学生", "力学生", "科学生", "大学生", "研究生", "学生成", "学生产", "学生态", "学生长", "学生物", "学生理", "学生命", "医学生物", "检测时间", "测试时间", "记录时间", "审核通过", "批准文件", "设计院", "设计单位", "检测中心", "检测机构", "测试平台", "编制单位", "审核单位", "主持单位", "值班室", "值班表", "order no", "order number", "tracking no", "batch no", "version", "project name", "file name", "company name", "product name", "user name field", "id", "联系人方式", "qq群", "微信群", "qq音乐", "微信支付", "微信登录", "负责人员", "责任人员", "联系人员",
		"密码学", "密码算法", "密码产品", "密码模块", "密码技术", "密码机", "密码设备", "密码卡", "密码芯片", "密码应用", "密码协议", "密码服务", "密码法", "密码体制", "密码机制", "密码锁", "密码键盘", "密码找回", "密码策略", "密码长度", "密码复杂度", "密码管理", "密码保护", "密码本",
		"密码登录", "商用密码", "计算机密码", "动态密码", "随机密码", "弱密码", "弱口令", "口令强度", "口令策略", "动态口令", "密钥长度", "密钥管理", "密钥协商", "密钥分发", "密钥交换", "随机密钥", "经办人员", "证件类型", "手机密码", "手机要求", "电话会议", "电话回访",
		"专家组", "专家组成员", "评审专家组", "组成员", "成员单位", "学生会", "学生信息", "联系人列表", "联系人信息", "作者单位", "姓名权", "负责人制", "身份证明", "密级标识", "性别比", "民族团结", "社会信用",
	},
}

// Label is a label at a place of the text.
type Label struct {
	Start, End int
	Field      Field
}

// entry is what can begin with one rune: labels, longest first, and an action.
type entry struct {
	labels []entryLabel
	second uint64   // second runes of the labels, by their last six bits; all bits where a label has but one rune
	titles [][]rune // titles that begin with the rune, whole
	soft   [][]rune // words that may follow a name
	action action
}

type entryLabel struct {
	rest  []rune // after the first rune
	field Field
	ascii bool // ends in a letter: the next rune must not be one
}

// lexicon finds labels and other beginnings by the first rune.
type lexicon struct {
	at       [1 << 16]uint16
	entries  []entry
	numerals [1 << 10]uint64 // one bit a rune: may be a digit in another dress
}
